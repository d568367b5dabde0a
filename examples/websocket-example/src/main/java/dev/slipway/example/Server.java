package dev.slipway.example;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** One listening process: it accepts connections, and on {@link #stop} takes leave of each of them. */
final class Server {
    /** Longer than the 60 s for which nginx keeps an idle connection, so that it is nginx who closes it. */
    private static final int IDLE_SECONDS = 75;

    private final Role role;
    private final MultiThreadIoEventLoopGroup loops;
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private final Channel listener;
    private volatile boolean stopping;

    /** Listens on every address of this machine. */
    Server(Role role, Port port) throws Refusal {
        Transport transport = Transport.best();
        this.role = role;
        loops = new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), transport.handlers());
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(transport.listener())
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new Greeting())
                .bind(new InetSocketAddress("0.0.0.0", port.number()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new Refusal(
                    "Cannot listen on :" + port.number() + ": " + bound.cause().getMessage());
        }
        listener = bound.channel();
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Accepts no more, says good-bye on every connection, and cuts those that are still there after the grace. */
    void stop(Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        stopping = true;
        listener.close().await();
        open.forEach(channel -> channel.pipeline().fireUserEventTriggered(GoodBye.NOW));
        for (Channel channel : open) {
            channel.closeFuture().await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        open.forEach(Channel::close);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    }

    private final class Greeting extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel channel) {
            open.add(channel);
            channel.closeFuture().addListener(closed -> open.remove(channel));
            if (stopping) {
                channel.close();
                return;
            }
            channel.pipeline()
                    .addLast(new HttpServerCodec())
                    .addLast(new IdleStateHandler(0, 0, IDLE_SECONDS))
                    .addLast(role == Role.WEB ? new PageConnection() : new EchoDoor());
        }
    }
}
