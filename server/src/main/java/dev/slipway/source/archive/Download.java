package dev.slipway.source.archive;

import dev.slipway.model.UserException;
import dev.slipway.model.UserException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Fetches an archive by http or https, and by nothing else, within bounds of size and time. */
public final class Download {

    private static final Duration TO_CONNECT = Duration.ofSeconds(20);
    private static final Duration TO_ANSWER = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final URI url;

    private Download(URI url) {
        this.url = url;
    }

    /** Whether a word is meant as a URL and not as the name of a file. */
    public static boolean isUrl(String word) {
        return word.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*://.*|(?i:(file|data|jar|ftp)):.*");
    }

    /** @throws UserException for what is no http or https URL */
    public static Download of(String word) {
        try {
            URI url = new URI(word);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https")) && url.getHost() != null) {
                return new Download(url);
            }
        } catch (URISyntaxException e) {
            throw new UserException(Kind.INVALID, "The archive's URL cannot be read: " + e.getReason(), e);
        }
        throw UserException.invalid(
                "Archives are fetched by http and https only: give such a URL, a file, or -- for" + " standard input");
    }

    /** Follows redirections, but never from https to http. */
    public void into(Path file, ArchiveLimits limits) {
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(TO_CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(url)
                    .timeout(TO_ANSWER)
                    .header("User-Agent", "slipway")
                    .build();
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            CompletableFuture<Void> whole = new CompletableFuture<>();
            try (InputStream body = response.body()) {
                whole.orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).exceptionally(late -> close(body));
                if (response.statusCode() != 200) {
                    throw UserException.failed(this + " answers with status " + response.statusCode());
                }
                save(body, file, limits);
            } finally {
                whole.complete(null);
            }
        } catch (IOException e) {
            throw new UserException(Kind.FAILED, this + " cannot be fetched: " + reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the caller is gone");
        }
    }

    /** Whoever reads from it fails then. */
    private static @Nullable Void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return null;
    }

    private static String reason(IOException e) {
        if (e instanceof ConnectException && e.getMessage() == null) {
            return e.getCause() != null && e.getCause().getCause() instanceof UnresolvedAddressException
                    ? "no host has that name"
                    : "nothing answers at that port";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Keeps a stream in a file, up to what an archive may have. */
    public static long save(InputStream from, Path file, ArchiveLimits limits) throws IOException {
        long size = 0;
        byte[] buffer = new byte[64 * 1024];
        try (OutputStream to = Files.newOutputStream(file)) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                size += read;
                limits.refuseBytes(size, "The archive");
                to.write(buffer, 0, read);
            }
        }
        return size;
    }

    /** Without what may be a secret: user and query. */
    @Override
    public String toString() {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
    }
}
