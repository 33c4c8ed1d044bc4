/** Custom mappings without code: YAML with JSONata, from any topic, path or text to events. */
@NullMarked
package org.linli.edge.profile.mapping;

import org.jspecify.annotations.NullMarked;
