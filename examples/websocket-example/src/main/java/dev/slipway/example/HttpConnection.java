package dev.slipway.example;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Date;

/** A connection that speaks HTTP: it answers each request, and ends when it is idle or told good-bye. */
abstract class HttpConnection extends ChannelInboundHandlerAdapter {
    /** Answers one request, whose syntax is right; its body, if any, is dropped. */
    abstract void answer(ChannelHandlerContext ctx, HttpRequest request);

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpRequest request) {
                if (request.decoderResult().isSuccess()) {
                    answer(ctx, request);
                } else {
                    sendAndClose(ctx, text(HttpResponseStatus.BAD_REQUEST, "This is not HTTP."));
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == GoodBye.NOW || event instanceof IdleStateEvent) {
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            cause.printStackTrace();
        }
        ctx.close();
    }

    /** Whether the request only reads: what it asks for may be sent, and the connection may live on. */
    static boolean reads(HttpRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    static String path(HttpRequest request) {
        String target = request.uri();
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    static FullHttpResponse text(HttpResponseStatus status, String line) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(line + "\n", UTF_8));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        return response;
    }

    static void send(ChannelHandlerContext ctx, HttpRequest request, FullHttpResponse response) {
        if (!reads(request) || !HttpUtil.isKeepAlive(request)) {
            sendAndClose(ctx, response);
            return;
        }
        if (!request.protocolVersion().isKeepAliveDefault()) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        ctx.write(complete(response));
    }

    private static void sendAndClose(ChannelHandlerContext ctx, FullHttpResponse response) {
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        ctx.writeAndFlush(complete(response)).addListener(ChannelFutureListener.CLOSE);
    }

    private static FullHttpResponse complete(FullHttpResponse response) {
        response.headers().set(HttpHeaderNames.DATE, DateFormatter.format(new Date()));
        response.headers().set("x-content-type-options", "nosniff");
        if (!response.status().equals(HttpResponseStatus.NOT_MODIFIED)) {
            HttpUtil.setContentLength(response, response.content().readableBytes());
        }
        return response;
    }
}
