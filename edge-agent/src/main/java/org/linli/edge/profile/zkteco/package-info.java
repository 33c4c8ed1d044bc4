/** ZKTeco's terminals and door controllers, by their push protocol. */
@NullMarked
package org.linli.edge.profile.zkteco;

import org.jspecify.annotations.NullMarked;
