package dev.slipway.command;

import dev.slipway.exec.Runner;
import java.util.List;

/** The table of commands, as the doors see it: both run the same one. */
public interface Commands {

    /**
     * Runs a command to its end. A {@link dev.slipway.model.UserException} is shown by the door, which gives its exit code.
     *
     * <p>If the caller goes away or presses ^C, the calling thread is interrupted.
     *
     * @param words the command and its arguments; none at all asks for help
     * @return the exit code, 0 to 255
     */
    int run(Caller caller, List<String> words, Runner.Streams streams);
}
