package dev.slipway.example;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;

/** A connection of the {@code web} process: the page at {@code /}, and nothing else. */
final class PageConnection extends HttpConnection {
    @Override
    void answer(ChannelHandlerContext ctx, HttpRequest request) {
        send(ctx, request, responseTo(request));
    }

    private static FullHttpResponse responseTo(HttpRequest request) {
        if (!path(request).equals("/")) {
            return text(HttpResponseStatus.NOT_FOUND, "There is nothing here. The page is at /");
        }
        if (!reads(request)) {
            FullHttpResponse refused = text(HttpResponseStatus.METHOD_NOT_ALLOWED, "The page can only be read.");
            refused.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
            return refused;
        }
        return Page.INSTANCE.responseFor(request.headers().get(HttpHeaderNames.IF_NONE_MATCH, ""));
    }
}
