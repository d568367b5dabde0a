package dev.slipway.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.common.channel.RequestHandler.Result;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;

/** A channel that takes a command, a terminal and git's protocol version, and refuses the rest of what ssh offers. */
final class DoorChannel extends ChannelSession {

    static final String GIT_PROTOCOL = "GIT_PROTOCOL";

    private boolean garbled;

    /** Whether the command that was sent is not UTF-8, so that its words cannot be what was meant. */
    boolean isGarbled() {
        return garbled;
    }

    @Override
    protected Result handleExec(String request, Buffer buffer, boolean wantReply) throws IOException {
        int start = buffer.rpos();
        garbled = !isText(buffer.getBytes());
        buffer.rpos(start);
        return super.handleExec(request, buffer, wantReply);
    }

    private static boolean isText(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /**
     * The exit code goes before the end of the output: a client that has ended its own input answers that end by closing the channel,
     * and what comes after is lost (RFC 4254, 5.3 and 6.10). OpenSSH's client then exits with 255.
     */
    @Override
    protected void closeShell(int exitCode, boolean immediately) throws IOException {
        if (!isClosing()) {
            out.flush();
            err.flush();
            sendExitStatus(exitCode);
        }
        super.closeShell(exitCode, immediately);
    }

    /** Clients send their locale and more without being asked; all of that is passed over in silence. */
    @Override
    protected Result handleEnvParsed(String name, String value) throws IOException {
        return name.equals(GIT_PROTOCOL) ? super.handleEnvParsed(name, value) : Result.ReplySuccess;
    }

    @Override
    protected Result handleAgentForwardingParsed(String requestType) {
        return Result.ReplyFailure;
    }

    @Override
    protected Result handleX11Forwarding(String requestType, Buffer buffer, boolean wantReply) {
        return Result.ReplyFailure;
    }
}
