package org.linli.edge.profile.mapping;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of custom mappings.
 *
 * @param data the gateway's data folder, which keeps a copy of the last valid files
 * @param mappings a YAML file, or a folder of such files ({@code LINLI_MAPPINGS}); if it is not
 *     set, there are no mappings
 */
@ConfigurationProperties("linli")
record MappingSettings(@DefaultValue("./data/agent") Path data, @Nullable Path mappings) {}
