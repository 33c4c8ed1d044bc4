@NullMarked
package org.linli.edge.profile.thingsboard;

import org.jspecify.annotations.NullMarked;
