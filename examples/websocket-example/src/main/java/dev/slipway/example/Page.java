package dev.slipway.example;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;

/** The page, read once, and the tag by which a browser finds that it has it already. */
final class Page {
    static final Page INSTANCE = new Page(bytes());

    private final ByteBuf content;
    private final String tag;

    private Page(byte[] bytes) {
        content = Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(bytes.length).writeBytes(bytes).asReadOnly());
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        tag = '"' + Long.toHexString(checksum.getValue()) + '"';
    }

    /** The page, or 304 where the tags in {@code If-None-Match} name it (a proxy may have made ours a weak one). */
    FullHttpResponse responseFor(String tags) {
        FullHttpResponse response = tags.contains(tag)
                ? new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_MODIFIED, Unpooled.EMPTY_BUFFER)
                : new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, content.duplicate());
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .set(HttpHeaderNames.ETAG, tag);
        return response;
    }

    private static byte[] bytes() {
        try (InputStream file = Page.class.getResourceAsStream("page.html")) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
