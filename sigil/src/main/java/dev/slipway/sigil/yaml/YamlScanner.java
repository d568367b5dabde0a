package dev.slipway.sigil.yaml;

import dev.slipway.sigil.value.FunctionException;
import dev.slipway.sigil.yaml.YamlToken.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Cuts YAML into tokens, with the indentation made into block starts and ends.
 *
 * <p>A key is known only by the colon behind it, so tokens are held back while one may still turn out to have been a key.
 */
final class YamlScanner {
    /** A colon further away than this makes no key. */
    private static final int MAX_KEY_LENGTH = 1024;

    private static final int MAX_DEPTH = 10_000;

    private final Cursor cursor;
    private final Scalars scalars;
    private final Marks marks;
    private final List<YamlToken> queue = new ArrayList<>();
    private final Deque<Integer> indents = new ArrayDeque<>();
    /** A possible key for each flow level, innermost first. */
    private final Deque<SimpleKey> keys = new ArrayDeque<>(List.of(SimpleKey.NONE));

    private int taken;
    private int indent = -1;
    private int flowLevel;
    private boolean keyAllowed = true;
    private boolean ended;

    YamlScanner(String input) {
        this.cursor = new Cursor(input);
        this.scalars = new Scalars(cursor);
        this.marks = new Marks(cursor);
    }

    /** Where a key may have begun: before the token of this number. */
    private record SimpleKey(boolean possible, boolean required, int token, Mark mark) {
        static final SimpleKey NONE = new SimpleKey(false, false, 0, new Mark(0, 0, 0));
    }

    YamlToken peek() {
        while (queue.isEmpty() || mayBeKey()) {
            if (ended) {
                break;
            }
            fetch();
        }
        return queue.isEmpty() ? YamlToken.of(Kind.STREAM_END, cursor.mark()) : queue.getFirst();
    }

    /** Whether the first token in the queue may yet turn out to begin a key. */
    private boolean mayBeKey() {
        for (SimpleKey key : keys) {
            if (key.possible && key.token == taken && isValid(key)) {
                return true;
            }
        }
        return false;
    }

    YamlToken next() {
        YamlToken token = peek();
        if (!queue.isEmpty()) {
            queue.removeFirst();
            taken++;
        }
        return token;
    }

    private boolean isValid(SimpleKey key) {
        if (!key.possible) {
            return false;
        }
        if (key.mark.line() < cursor.line() || key.mark.index() + MAX_KEY_LENGTH < cursor.index()) {
            if (key.required) {
                throw YamlErrors.scanner(key.mark, cursor.mark(), "could not find expected ':'");
            }
            return false;
        }
        return true;
    }

    private void fetch() {
        toNextToken();
        closeBlocks(cursor.column());
        char letter = cursor.peek();
        if (cursor.atEnd()) {
            streamEnd();
        } else if (cursor.column() == 0 && letter == '%') {
            beginDocumentPart();
            queue.add(marks.directive());
        } else if (cursor.atDocumentMark()) {
            beginDocumentPart();
            add(letter == '-' ? Kind.DOCUMENT_START : Kind.DOCUMENT_END, 3);
        } else if (!indicator(letter)) {
            content(letter);
        }
    }

    private boolean indicator(char letter) {
        boolean blankAfter = cursor.isBlankOrEnd(1);
        switch (letter) {
            case '[' -> openFlow(Kind.FLOW_SEQUENCE_START);
            case '{' -> openFlow(Kind.FLOW_MAPPING_START);
            case ']' -> closeFlow(Kind.FLOW_SEQUENCE_END);
            case '}' -> closeFlow(Kind.FLOW_MAPPING_END);
            case ',' -> {
                dropKey();
                keyAllowed = true;
                add(Kind.FLOW_ENTRY, 1);
            }
            default -> {
                if (letter == '-' && blankAfter) {
                    blockEntry();
                } else if (letter == '?' && (flowLevel > 0 || blankAfter)) {
                    key();
                } else if (letter == ':' && (flowLevel > 0 || blankAfter)) {
                    value();
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    private void content(char letter) {
        switch (letter) {
            case '*', '&' -> {
                saveKey();
                keyAllowed = false;
                queue.add(marks.anchor());
            }
            case '!' -> {
                saveKey();
                keyAllowed = false;
                queue.add(marks.tag());
            }
            case '\'', '"' -> {
                saveKey();
                keyAllowed = false;
                queue.add(scalars.quoted());
            }
            default -> {
                if ((letter == '|' || letter == '>') && flowLevel == 0) {
                    dropKey();
                    keyAllowed = true;
                    queue.add(scalars.block(indent));
                } else {
                    plain(letter);
                }
            }
        }
    }

    private void plain(char letter) {
        boolean indicator = "-?:,[]{}#&*!|>'\"%@`".indexOf(letter) >= 0;
        boolean starts = (!cursor.isBlankOrEnd() && !indicator)
                || (letter == '-' && !cursor.isBlank(1))
                || (flowLevel == 0 && (letter == '?' || letter == ':') && !cursor.isBlankOrEnd(1));
        if (!starts) {
            throw YamlErrors.scanner(cursor.mark(), cursor.mark(), "found character that cannot start any token");
        }
        saveKey();
        keyAllowed = false;
        queue.add(scalars.plain(indent, flowLevel > 0));
        keyAllowed |= scalars.endedOnNewLine();
    }

    private void toNextToken() {
        while (true) {
            if (cursor.index() == 0 && cursor.peek() == '\uFEFF') {
                cursor.skip();
            }
            while (cursor.peek() == ' ' || ((flowLevel > 0 || !keyAllowed) && cursor.peek() == '\t')) {
                cursor.skip();
            }
            if (cursor.peek() == '#') {
                while (!cursor.isBreakOrEnd()) {
                    cursor.skip();
                }
            }
            if (!cursor.isBreak()) {
                return;
            }
            cursor.takeBreak();
            keyAllowed |= flowLevel == 0;
        }
    }

    private void add(Kind kind, int width) {
        queue.add(YamlToken.of(kind, cursor.mark()));
        cursor.skip(width);
    }

    private void streamEnd() {
        cursor.forceNewLine();
        beginDocumentPart();
        queue.add(YamlToken.of(Kind.STREAM_END, cursor.mark()));
        ended = true;
    }

    private void beginDocumentPart() {
        closeBlocks(-1);
        dropKey();
        keyAllowed = false;
    }

    private void openFlow(Kind kind) {
        saveKey();
        keys.addFirst(SimpleKey.NONE);
        flowLevel++;
        refuseDepth(flowLevel);
        keyAllowed = true;
        add(kind, 1);
    }

    private void closeFlow(Kind kind) {
        dropKey();
        if (flowLevel > 0) {
            flowLevel--;
            keys.removeFirst();
        }
        keyAllowed = false;
        add(kind, 1);
    }

    private void blockEntry() {
        if (flowLevel == 0) {
            requireKeyAllowed("block sequence entries are not allowed in this context");
            openBlock(cursor.mark(), queue.size(), Kind.BLOCK_SEQUENCE_START);
        }
        dropKey();
        keyAllowed = true;
        add(Kind.BLOCK_ENTRY, 1);
    }

    private void key() {
        if (flowLevel == 0) {
            requireKeyAllowed("mapping keys are not allowed in this context");
            openBlock(cursor.mark(), queue.size(), Kind.BLOCK_MAPPING_START);
        }
        dropKey();
        keyAllowed = flowLevel == 0;
        add(Kind.KEY, 1);
    }

    private void value() {
        SimpleKey key = keys.getFirst();
        if (isValid(key)) {
            queue.add(key.token - taken, YamlToken.of(Kind.KEY, key.mark));
            openBlock(key.mark, key.token - taken, Kind.BLOCK_MAPPING_START);
            replaceKey(SimpleKey.NONE);
            keyAllowed = false;
        } else {
            if (flowLevel == 0) {
                requireKeyAllowed("mapping values are not allowed in this context");
                openBlock(cursor.mark(), queue.size(), Kind.BLOCK_MAPPING_START);
            }
            keyAllowed = flowLevel == 0;
        }
        add(Kind.VALUE, 1);
    }

    private void requireKeyAllowed(String problem) {
        if (!keyAllowed) {
            throw problem(problem);
        }
    }

    private FunctionException problem(String problem) {
        return YamlErrors.scanner(new Mark(0, 0, 0), cursor.mark(), problem);
    }

    private void saveKey() {
        if (keyAllowed) {
            boolean required = flowLevel == 0 && indent == cursor.column();
            dropKey();
            replaceKey(new SimpleKey(true, required, taken + queue.size(), cursor.mark()));
        }
    }

    private void dropKey() {
        SimpleKey key = keys.getFirst();
        if (key.possible && key.required) {
            throw YamlErrors.scanner(key.mark, cursor.mark(), "could not find expected ':'");
        }
        replaceKey(SimpleKey.NONE);
    }

    private void replaceKey(SimpleKey key) {
        keys.removeFirst();
        keys.addFirst(key);
    }

    private void openBlock(Mark mark, int place, Kind kind) {
        if (flowLevel == 0 && indent < mark.column()) {
            indents.push(indent);
            refuseDepth(indents.size());
            indent = mark.column();
            queue.add(place, YamlToken.of(kind, mark));
        }
    }

    private void refuseDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw problem("exceeded max depth of " + MAX_DEPTH);
        }
    }

    private void closeBlocks(int column) {
        while (flowLevel == 0 && indent > column) {
            queue.add(YamlToken.of(Kind.BLOCK_END, cursor.mark()));
            indent = indents.pop();
        }
    }
}
