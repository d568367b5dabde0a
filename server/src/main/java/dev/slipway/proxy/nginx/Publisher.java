package dev.slipway.proxy.nginx;

import dev.slipway.model.AppName;
import dev.slipway.model.UserException;
import dev.slipway.proxy.Proxy.Published;
import dev.slipway.proxy.nginx.MainConfiguration.Include;
import dev.slipway.proxy.nginx.site.Candidate;
import dev.slipway.proxy.nginx.site.Endpoint;
import dev.slipway.proxy.nginx.site.Hsts;
import dev.slipway.proxy.nginx.site.NginxDirectories;
import dev.slipway.proxy.nginx.site.NginxSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Makes changes live, one reload at a time. A change that comes while none is in flight is applied at once; those that come
 * meanwhile become one. If nginx refuses several together they are tried one by one, and only the guilty one fails.
 */
final class Publisher implements AutoCloseable {

    private record Waiting(Change change, CompletableFuture<Published> outcome) {}

    private final NginxSettings settings;
    private final ConfigurationFiles files;
    private final Staging staging;
    private final Master master;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final ExecutorService turns = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("nginx-publisher").factory());

    private volatile Fleet live = Fleet.EMPTY;
    private long generation;

    Publisher(NginxSettings settings, ConfigurationFiles files, Staging staging, Master master) {
        this.settings = settings;
        this.files = files;
        this.staging = staging;
        this.master = master;
    }

    Fleet live() {
        return live;
    }

    /** Takes over what a running nginx serves already. */
    void adopt(Fleet served) {
        live = served;
    }

    /** @throws UserException if nginx refuses this change */
    Published publish(Change change) {
        return outcome(submit(List.of(change)).getFirst());
    }

    /** All of them together; gives what was refused, by app. */
    Map<AppName, String> publish(List<Change> changes) {
        List<CompletableFuture<Published>> outcomes = submit(changes);
        Map<AppName, String> refusals = new LinkedHashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            try {
                outcome(outcomes.get(i));
            } catch (UserException e) {
                refusals.put(changes.get(i).app(), e.text());
            }
        }
        return refusals;
    }

    /** Writes a site's file as it is live; gives whether it was another, or gone. */
    boolean restore(AppName app) {
        Path file = settings.directories().site(app);
        return outcome(CompletableFuture.supplyAsync(
                () -> {
                    Optional<String> text = live.site(app).map(Candidate::text);
                    boolean other = text.isPresent() && !files.read(file).equals(text);
                    if (other) {
                        files.write(file, text.get());
                    }
                    return other;
                },
                turns));
    }

    /** Has nginx run what is live, if it does not already. */
    void ensure() {
        serve(false);
    }

    /** Has nginx read what is live once more: files beside the sites may have changed. */
    void reload() {
        serve(true);
    }

    private void serve(boolean anyway) {
        outcome(CompletableFuture.runAsync(
                () -> {
                    try {
                        apply(List.of(), anyway);
                    } catch (Refused e) {
                        throw UserException.failed(e.text());
                    }
                },
                turns));
    }

    /** Ends nginx between two changes. */
    void halt() {
        outcome(CompletableFuture.runAsync(master::stop, turns));
    }

    /** Waits for changes that are in flight, and takes no more. */
    @Override
    public void close() {
        turns.close();
    }

    private List<CompletableFuture<Published>> submit(List<Change> changes) {
        List<Waiting> mine = changes.stream()
                .map(change -> new Waiting(change, new CompletableFuture<>()))
                .toList();
        waiting.addAll(mine);
        turns.execute(() -> settle(next()));
        return mine.stream().map(Waiting::outcome).toList();
    }

    private static <T> T outcome(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UserException refused) {
                throw refused;
            }
            throw e;
        }
    }

    /** All that wait, up to a second change of the same app: whoever asked for the first waits for its very bytes. */
    private List<Waiting> next() {
        List<Waiting> batch = new ArrayList<>();
        Set<AppName> apps = new HashSet<>();
        for (Waiting first = waiting.peek(); first != null; first = waiting.peek()) {
            if (!apps.add(first.change().app())) {
                break;
            }
            batch.add(waiting.remove());
        }
        if (!waiting.isEmpty()) {
            turns.execute(() -> settle(next()));
        }
        return batch;
    }

    private void settle(List<Waiting> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            Map<AppName, Published> done =
                    apply(batch.stream().map(Waiting::change).toList(), false);
            batch.forEach(
                    change -> change.outcome().complete(done.get(change.change().app())));
        } catch (Refused e) {
            refused(batch, e);
        } catch (RuntimeException e) {
            batch.forEach(change -> change.outcome().completeExceptionally(e));
        }
    }

    private void refused(List<Waiting> batch, Refused refusal) {
        if (batch.size() == 1) {
            batch.getFirst().outcome().completeExceptionally(UserException.failed(refusal.text()));
            return;
        }
        List<Waiting> guilty = batch.stream()
                .filter(change ->
                        refusal.guilty().equals(Optional.of(change.change().app())))
                .toList();
        if (guilty.isEmpty()) {
            batch.forEach(change -> settle(List.of(change)));
        } else {
            List<Waiting> rest = new ArrayList<>(batch);
            rest.removeAll(guilty);
            refused(guilty, refusal);
            settle(rest);
        }
    }

    /** The steps of a publication: whole, or not at all. */
    private Map<AppName, Published> apply(List<Change> changes, boolean anyway) throws Refused {
        Fleet next = live.with(changes);
        Collection<Endpoint> endpoints = live.endpoints(settings, changes).values();
        MainConfiguration main = new MainConfiguration(settings, includes(next), endpoints);
        if (runs(main) && !anyway) {
            write(new Swap(files), changes);
            live = next;
            return outcomes(changes, Map.of(), false, Optional.empty());
        }
        Map<AppName, List<String>> warnings = staging.test(live, changes);
        Swap swap = new Swap(files);
        boolean served = false;
        try {
            write(swap, changes);
            generation++;
            swap.put(settings.directories().main(), Optional.of(main.text(generation)));
            master.serve(generation);
            served = true;
        } finally {
            if (!served) {
                swap.undo();
            }
        }
        live = next;
        return outcomes(changes, warnings, true, master.census().warning());
    }

    /** Whether nginx runs exactly this already; true also right after this daemon took it over from another one. */
    private boolean runs(MainConfiguration main) {
        String there = files.read(settings.directories().main()).orElse("");
        OptionalLong answer = master.generation();
        generation = Math.max(generation, answer.orElse(0));
        return answer.isPresent() && there.equals(main.text(answer.getAsLong()));
    }

    private List<Include> includes(Fleet fleet) {
        NginxDirectories directories = settings.directories();
        return fleet.sites().values().stream()
                .map(site -> new Include(directories.site(site.app()), Stamp.of(site, directories)))
                .toList();
    }

    private void write(Swap swap, List<Change> changes) {
        changes.forEach(change -> write(swap, change.app(), change.site()));
    }

    private void write(Swap swap, AppName app, Optional<Candidate> site) {
        NginxDirectories directories = settings.directories();
        if (site.isPresent()) {
            files.passable(directories.app(app));
            files.readable(directories.snippets(app));
            files.readable(directories.tls(app));
        }
        swap.put(
                directories.tls(app).resolve("server.crt"),
                site.flatMap(Candidate::certificate).map(pem -> pem.chain()));
        swap.put(
                directories.tls(app).resolve("server.key"),
                site.flatMap(Candidate::certificate).map(pem -> pem.key()));
        swap.put(directories.snippets(app).resolve(Hsts.FILE), site.flatMap(Candidate::hsts));
        swap.put(directories.site(app), site.map(Candidate::text));
    }

    /** @param warning for whoever made a change, whichever it was */
    private static Map<AppName, Published> outcomes(
            List<Change> changes, Map<AppName, List<String>> warnings, boolean changed, Optional<String> warning) {
        Map<AppName, Published> outcomes = new LinkedHashMap<>();
        changes.forEach(change -> {
            List<String> all =
                    new ArrayList<>(change.site().map(Candidate::warnings).orElse(List.of()));
            all.addAll(warnings.getOrDefault(change.app(), List.of()));
            warning.ifPresent(all::add);
            outcomes.put(change.app(), new Published(changed, all));
        });
        return outcomes;
    }
}
