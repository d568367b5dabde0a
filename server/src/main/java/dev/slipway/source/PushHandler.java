package dev.slipway.source;

import java.io.OutputStream;

/** Judges a push, and does what it asks for, before git moves the refs. */
public interface PushHandler {

    /**
     * Takes or refuses a push as a whole. If the client goes away, the calling thread is interrupted.
     *
     * @param progress what is written here the client shows at once, each line behind {@code remote: }
     * @return 0 to let git move the refs; any other number to leave all of them where they are
     * @throws dev.slipway.model.UserException to refuse; its message is shown
     */
    int receive(Push push, OutputStream progress);
}
