package dev.slipway.deploy;

import dev.slipway.model.AppName;
import dev.slipway.model.ProcessName;
import java.util.List;
import java.util.Map;

/** Is told of deploys that failed, while what their processes printed is still known. */
@FunctionalInterface
public interface FailureWatch {

    /** @param printed the last lines of each process that was started and is about to be stopped */
    void failed(AppName app, int release, Map<ProcessName, List<String>> printed);
}
