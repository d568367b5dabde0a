package dev.slipway.command;

import dev.slipway.exec.Runner;
import dev.slipway.model.AppName;
import java.util.Optional;

/** The apps' repositories, as the ssh door sees them. */
public interface GitAccess {

    /**
     * One git conversation.
     *
     * @param protocol what the client sent as {@code GIT_PROTOCOL}
     */
    record Conversation(Caller caller, AppName app, Runner.Streams streams, Optional<String> protocol) {}

    /** Serves a {@code git push} to its end; errors as in {@link Commands#run}. */
    int receivePack(Conversation conversation);

    /** Serves a {@code git clone} or {@code git fetch} to its end. */
    int uploadPack(Conversation conversation);
}
