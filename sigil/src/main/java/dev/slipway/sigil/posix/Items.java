package dev.slipway.sigil.posix;

import org.jspecify.annotations.Nullable;

/** Pieces one after another; null at the end. */
@FunctionalInterface
interface Items {
    @Nullable
    Item next();

    /** The pieces up to the closing bracket, which is taken too. */
    default Items bracketed() {
        return new Items() {
            private boolean done;

            @Override
            public @Nullable Item next() {
                if (done) {
                    return null;
                }
                Item item = Items.this.next();
                done = item == null || item instanceof Item.Close;
                return item == null ? new Item.Unclosed('}') : done ? null : item;
            }
        };
    }

    default void skip() {
        while (next() != null) {
            // taken
        }
    }
}
