/** One runc and CNI sandbox: root file system, namespaces, limits; used by the host builder and the local scheduler. */
@NullMarked
package dev.slipway.sandbox;

import org.jspecify.annotations.NullMarked;
