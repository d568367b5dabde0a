package dev.slipway.logs;

import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessType;
import java.util.Optional;

/** Whose lines are wanted: {@code logs -p ws} means all of a type, {@code -p ws.1} one process. */
public sealed interface LogFilter {

    LogFilter ALL = new All();

    boolean takes(ProcessName name);

    /** Reads {@code ws} or {@code ws.1}. */
    static LogFilter parse(String text) {
        return text.contains(".") ? new OneProcess(ProcessName.parse(text)) : new OneType(new ProcessType(text));
    }

    /** Every process of the app. */
    record All() implements LogFilter {

        @Override
        public boolean takes(ProcessName name) {
            return true;
        }
    }

    /** The processes of one type. */
    record OneType(ProcessType type) implements LogFilter {

        @Override
        public boolean takes(ProcessName name) {
            return name.type().equals(type);
        }
    }

    /** What was run once: those of one type, or all. */
    record OneOffs(Optional<ProcessType> type) implements LogFilter {

        @Override
        public boolean takes(ProcessName name) {
            return name.isOneOff() && type.map(name.type()::equals).orElse(true);
        }
    }

    /** One process, in all releases. */
    record OneProcess(ProcessName process) implements LogFilter {

        @Override
        public boolean takes(ProcessName name) {
            return name.equals(process);
        }
    }
}
