package org.linli.edge.profile.mapping;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Own mappings.
 *
 * @param data the gateway's data folder, which keeps the last files that were right
 * @param mappings a YAML file, or a folder of such ({@code LINLI_MAPPINGS}); none for no mappings
 */
@ConfigurationProperties("linli")
record MappingSettings(@DefaultValue("./data/agent") Path data, @Nullable Path mappings) {}
