@NullMarked
package dev.slipway.deploy.appjson;

import org.jspecify.annotations.NullMarked;
