/** The pages: open alerts and the state of devices and gateways, live, in Chinese and English. */
@NullMarked
package org.linli.hub.console.page;

import org.jspecify.annotations.NullMarked;
