package dev.slipway.command;

import dev.slipway.app.Apps;
import dev.slipway.app.Pushes;
import dev.slipway.console.Console;
import dev.slipway.exec.Runner.Streams;
import dev.slipway.model.UserException;
import dev.slipway.source.Transfers;
import dev.slipway.source.Wire;
import java.util.concurrent.CancellationException;
import java.util.function.IntSupplier;

/** Git over the wire: a push goes to the app of its repository, which is made on the first one. */
public final class AppGit implements GitAccess {

    private final Apps apps;
    private final Pushes pushes;
    private final Transfers transfers;

    public AppGit(Apps apps, Pushes pushes, Transfers transfers) {
        this.apps = apps;
        this.pushes = pushes;
        this.transfers = transfers;
    }

    @Override
    public int receivePack(Conversation conversation) {
        // Standard output belongs to git's protocol: all that is for people goes beside it.
        Streams streams = conversation.streams();
        Console console = new Console(streams.err(), streams.err());
        return answer(console, () -> {
            apps.findOrCreate(conversation.app(), console);
            try (Pushes.Turn turn = pushes.turn()) {
                return transfers.receivePack(conversation.app(), wire(conversation), turn);
            }
        });
    }

    @Override
    public int uploadPack(Conversation conversation) {
        Streams streams = conversation.streams();
        return answer(new Console(streams.err(), streams.err()), () -> {
            apps.find(conversation.app());
            return transfers.uploadPack(conversation.app(), wire(conversation));
        });
    }

    private static Wire wire(Conversation conversation) {
        return new Wire(conversation.streams(), conversation.protocol());
    }

    private static int answer(Console console, IntSupplier conversation) {
        try {
            return conversation.getAsInt();
        } catch (UserException e) {
            console.warn(e.text());
            return e.exitCode();
        } catch (CancellationException e) {
            return Failures.INTERRUPTED;
        } catch (RuntimeException e) {
            return Failures.bug(e, "git", console);
        }
    }
}
