package dev.slipway.ssh;

import dev.slipway.command.Caller;
import dev.slipway.command.Commands;
import dev.slipway.command.Edge;
import dev.slipway.command.GitAccess;
import dev.slipway.command.Inlet;
import dev.slipway.command.Terminal;
import dev.slipway.command.Underway;
import dev.slipway.console.Outlet;
import dev.slipway.exec.Runner;
import dev.slipway.model.UserException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/** One command that came over ssh, run on a virtual thread that is interrupted when its client goes away. */
final class RemoteCommand implements Command {

    private static final Terminal.Size USUAL = new Terminal.Size(80, 24);

    private final Doorway doorway;
    private final String line;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream err = OutputStream.nullOutputStream();
    private @Nullable ExitCallback exit;
    private volatile @Nullable Thread thread;

    RemoteCommand(Doorway doorway, String line) {
        this.doorway = doorway;
        this.line = line;
    }

    /** What stands behind the door, and the commands that run. */
    record Doorway(Commands commands, GitAccess git, Underway underway) {}

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        Optional<Terminal> terminal = terminal(environment);
        Runner.Streams wire =
                new Runner.Streams(in, new Outlet(out, this::interrupt), new Outlet(err, this::interrupt));
        Runner.Streams streams = terminal.map(screen -> cooked(screen, wire)).orElse(wire);
        Caller caller = SshDoor.caller(channel.getSession(), terminal);
        Optional<String> protocol = Optional.ofNullable(environment.getEnv().get(DoorChannel.GIT_PROTOCOL));
        boolean garbled = channel instanceof DoorChannel door && door.isGarbled();
        environment.addSignalListener((source, signal) -> interrupt(), Signal.INT, Signal.TERM, Signal.HUP);
        thread = doorway.underway().start("ssh command of " + caller.name(), () -> {
            try (Pulse _ = new Pulse(channel.getSession())) {
                finish(streams, Edge.run(streams, () -> run(caller, garbled, streams, protocol)));
            }
        });
    }

    private int run(Caller caller, boolean garbled, Runner.Streams streams, Optional<String> protocol) {
        if (garbled) {
            throw UserException.invalid("The command is not valid UTF-8 text");
        }
        return switch (Request.of(ShellWords.split(line))) {
            case Request.Receive(var app) ->
                doorway.git().receivePack(new GitAccess.Conversation(caller, app, streams, protocol));
            case Request.Upload(var app) ->
                doorway.git().uploadPack(new GitAccess.Conversation(caller, app, streams, protocol));
            case Request.Run(List<String> words) -> doorway.commands().run(caller, words, streams);
        };
    }

    /** Called when the channel closes, by the client or after the command's own end. */
    @Override
    public void destroy(ChannelSession channel) {
        interrupt();
    }

    private void interrupt() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void finish(Runner.Streams streams, int exitCode) {
        thread = null;
        if (streams.in() instanceof Inlet typed) {
            typed.end();
        }
        ExitCallback callback = exit;
        if (callback != null) {
            callback.onExit(exitCode);
        }
    }

    private static Optional<Terminal> terminal(Environment environment) {
        Map<String, String> env = environment.getEnv();
        String type = env.get(Environment.ENV_TERM);
        if (type == null) {
            return Optional.empty();
        }
        Terminal terminal = new Terminal(type, size(env));
        environment.addSignalListener((source, signal) -> terminal.resize(size(env)), Signal.WINCH);
        return Optional.of(terminal);
    }

    private static Terminal.Size size(Map<String, String> env) {
        return new Terminal.Size(
                number(env.get(Environment.ENV_COLUMNS), USUAL.columns()),
                number(env.get(Environment.ENV_LINES), USUAL.rows()));
    }

    private static int number(@Nullable String text, int otherwise) {
        return text != null && text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : otherwise;
    }

    private Runner.Streams cooked(Terminal terminal, Runner.Streams wire) {
        LineDiscipline discipline = new LineDiscipline(terminal, wire.out(), this::interrupt);
        Thread.ofVirtual().name("ssh keys").start(() -> discipline.pump(wire.in()));
        return new Runner.Streams(discipline.input(), discipline.output(wire.out()), discipline.output(wire.err()));
    }
}
