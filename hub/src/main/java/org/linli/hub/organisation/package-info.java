/** What stands above communities and beside them: cities, sub-districts, departments and firms. */
@NullMarked
package org.linli.hub.organisation;

import org.jspecify.annotations.NullMarked;
