package dev.slipway.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands that run: their threads, and the questions that find out whether a silent client is still there. */
final class Running {

    private static final Logger LOG = LoggerFactory.getLogger(Running.class);

    private final Duration pulse;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** @param pulse how often the client of a running command is asked for a sign of life */
    Running(Duration pulse) {
        this.pulse = pulse;
    }

    Thread start(ChannelSession channel, Runnable command) {
        Session session = channel.getSession();
        ScheduledFuture<?> asking = session.getFactoryManager()
                .getScheduledExecutorService()
                .scheduleAtFixedRate(() -> ask(session), pulse.toMillis(), pulse.toMillis(), TimeUnit.MILLISECONDS);
        Thread thread = Thread.ofVirtual().name("ssh command").unstarted(() -> {
            try {
                command.run();
            } finally {
                asking.cancel(false);
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** Interrupts what runs and waits for its end, which may have something to undo. */
    void stop(Duration longest) throws InterruptedException {
        threads.forEach(Thread::interrupt);
        long end = System.nanoTime() + longest.toNanos();
        for (Thread thread : threads) {
            if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                LOG.warn("a command over ssh did not stop within {}", longest);
            }
        }
    }

    /** Any answer will do, a refusal too: it keeps the session from being idle. */
    private static void ask(Session session) {
        try {
            Buffer buffer = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
            buffer.putString("keepalive@openssh.com");
            buffer.putBoolean(true);
            session.request(buffer, "keepalive@openssh.com", (command, answer) -> {});
        } catch (IOException e) {
            LOG.debug("a client is gone", e);
        }
    }
}
