/** What a revision's app.json asks for, read and checked; every complaint names the line. */
@NullMarked
package dev.slipway.deploy.appjson;

import org.jspecify.annotations.NullMarked;
