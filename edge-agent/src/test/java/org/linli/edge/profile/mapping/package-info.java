@NullMarked
package org.linli.edge.profile.mapping;

import org.jspecify.annotations.NullMarked;
