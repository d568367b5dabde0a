package dev.slipway.example;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** An open WebSocket: sends every frame back as it came, so that a message in fragments stays in fragments. */
final class EchoSocket extends ChannelInboundHandlerAdapter {
    static final int MAX_MESSAGE_BYTES = 1 << 20;

    /** After it a peer is pinged, after twice as much it is given up; nginx gives up at 60 s unless told otherwise. */
    static final int SILENCE_SECONDS = 30;

    /** How long a peer that broke the protocol may take to read why, in seconds. */
    private static final int LINGER_SECONDS = 2;

    private int messageBytes;
    private boolean closing;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        switch (message) {
            case CloseWebSocketFrame close -> closed(ctx, close);
            case WebSocketFrame late when closing -> late.release();
            case PingWebSocketFrame ping -> ctx.write(new PongWebSocketFrame(ping.content()));
            case PongWebSocketFrame pong -> pong.release();
            case WebSocketFrame frame -> echo(ctx, frame);
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void echo(ChannelHandlerContext ctx, WebSocketFrame frame) {
        int size = frame.content().readableBytes();
        messageBytes = frame instanceof ContinuationWebSocketFrame ? messageBytes + size : size;
        if (messageBytes > MAX_MESSAGE_BYTES) {
            frame.release();
            reject(ctx, WebSocketCloseStatus.MESSAGE_TOO_BIG);
        } else {
            ctx.write(frame);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    /** Reads on only when the peer has taken what it was sent: one that does not read cannot fill our memory. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(ctx.channel().isWritable());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case GoodBye now -> sendClose(ctx, WebSocketCloseStatus.ENDPOINT_UNAVAILABLE);
            case IdleStateEvent silence when silence.isFirst() -> ctx.writeAndFlush(new PingWebSocketFrame());
            case IdleStateEvent still -> ctx.close();
            default -> ReferenceCountUtil.release(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        switch (cause) {
            case CorruptedWebSocketFrameException broken -> reject(ctx, broken.closeStatus());
            case IOException gone -> ctx.close();
            default -> {
                cause.printStackTrace();
                reject(ctx, WebSocketCloseStatus.INTERNAL_SERVER_ERROR);
            }
        }
    }

    /** The peer's close answers ours, or is answered with the same code. */
    private void closed(ChannelHandlerContext ctx, CloseWebSocketFrame close) {
        if (closing) {
            close.release();
            ctx.close();
        } else {
            closing = true;
            ctx.writeAndFlush(close).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Says why, then ends only our half: closing at once while the peer still sends would lose the reason. */
    private void reject(ChannelHandlerContext ctx, WebSocketCloseStatus status) {
        if (!closing) {
            sendClose(ctx, status).addListener(sent -> ((SocketChannel) ctx.channel()).shutdownOutput());
            ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        }
    }

    private ChannelFuture sendClose(ChannelHandlerContext ctx, WebSocketCloseStatus status) {
        if (closing) {
            return ctx.newSucceededFuture();
        }
        closing = true;
        return ctx.writeAndFlush(new CloseWebSocketFrame(status));
    }
}
