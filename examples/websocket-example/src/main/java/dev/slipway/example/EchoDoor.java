package dev.slipway.example;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.timeout.IdleStateHandler;

/** A connection of the {@code ws} process before its handshake (RFC 6455, section 4.2), after which it echoes. */
final class EchoDoor extends HttpConnection {
    private static final WebSocketDecoderConfig FRAMES = WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(EchoSocket.MAX_MESSAGE_BYTES)
            .closeOnProtocolViolation(false)
            .build();

    @Override
    void answer(ChannelHandlerContext ctx, HttpRequest request) {
        if (!path(request).equals("/echo")) {
            send(ctx, request, text(HttpResponseStatus.NOT_FOUND, "There is nothing here. The echo is at /echo"));
        } else if (!request.method().equals(HttpMethod.GET)) {
            send(ctx, request, refusal(HttpResponseStatus.METHOD_NOT_ALLOWED, HttpHeaderNames.ALLOW, "GET"));
        } else if (!asksForWebSocket(request.headers())) {
            send(ctx, request, upgradeRequired());
        } else if (!request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)) {
            send(ctx, request, text(HttpResponseStatus.BAD_REQUEST, "Sec-WebSocket-Key is missing."));
        } else {
            upgrade(ctx, request);
        }
    }

    private static boolean asksForWebSocket(HttpHeaders headers) {
        return headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && "13".equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION));
    }

    private static FullHttpResponse upgradeRequired() {
        FullHttpResponse response = refusal(
                HttpResponseStatus.UPGRADE_REQUIRED, HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET.toString());
        response.headers()
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
        return response;
    }

    private static FullHttpResponse refusal(HttpResponseStatus status, CharSequence header, String value) {
        FullHttpResponse response = text(status, "The echo is a WebSocket, version 13.");
        response.headers().set(header, value);
        return response;
    }

    private void upgrade(ChannelHandlerContext ctx, HttpRequest request) {
        FullHttpRequest whole = new DefaultFullHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                Unpooled.EMPTY_BUFFER,
                request.headers(),
                EmptyHttpHeaders.INSTANCE);
        new WebSocketServerHandshaker13(null, null, FRAMES).handshake(ctx.channel(), whole);
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.replace(IdleStateHandler.class, "silence", new IdleStateHandler(EchoSocket.SILENCE_SECONDS, 0, 0));
        pipeline.replace(this, "utf8", new Utf8FrameValidator(false));
        pipeline.addLast("echo", new EchoSocket());
    }
}
