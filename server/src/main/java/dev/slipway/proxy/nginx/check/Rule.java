package dev.slipway.proxy.nginx.check;

import dev.slipway.proxy.Remark;
import java.util.stream.Stream;

/** Something that a template can get wrong. */
interface Rule {

    /** The same remark may be made for several lines, and more than once for one. */
    Stream<Remark> check(Specimen specimen);
}
