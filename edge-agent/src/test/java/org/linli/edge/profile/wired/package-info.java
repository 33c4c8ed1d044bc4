@NullMarked
package org.linli.edge.profile.wired;

import org.jspecify.annotations.NullMarked;
