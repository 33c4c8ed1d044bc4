@NullMarked
package org.linli.edge.profile.chirpstack;

import org.jspecify.annotations.NullMarked;
