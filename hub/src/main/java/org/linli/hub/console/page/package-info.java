/** The pages: open alerts and the status of devices and gateways, live, in Chinese and English. */
@NullMarked
package org.linli.hub.console.page;

import org.jspecify.annotations.NullMarked;
