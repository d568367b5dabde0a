package dev.slipway.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the client of a running command for a sign of life, now and then: a command that prints nothing for long keeps its
 * session, and one whose client has vanished without a word loses it.
 */
final class Pulse implements AutoCloseable {

    private static final String QUESTION = "keepalive@openssh.com";

    /** How often within the time after which a silent session is cut. */
    private static final int BEATS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    private final ScheduledFuture<?> asking;

    Pulse(Session session) {
        Duration period = CoreModuleProperties.IDLE_TIMEOUT.getRequired(session).dividedBy(BEATS);
        this.asking = session.getFactoryManager()
                .getScheduledExecutorService()
                .scheduleAtFixedRate(() -> ask(session), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Any answer will do, a refusal too: it keeps the session from being idle. */
    private static void ask(Session session) {
        try {
            Buffer buffer = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
            buffer.putString(QUESTION);
            buffer.putBoolean(true);
            session.request(buffer, QUESTION, (command, answer) -> {});
        } catch (IOException e) {
            LOG.debug("a client is gone", e);
        }
    }

    @Override
    public void close() {
        asking.cancel(false);
    }
}
