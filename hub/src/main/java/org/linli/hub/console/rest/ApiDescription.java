package org.linli.hub.console.rest;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds to {@code /v3/api-docs} what does not belong to a single endpoint (OpenAPI 3.1). */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

  private static final String TOKEN = "token";

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Linli hub")
                .version("1")
                .description(
                    "Times are RFC 3339 in UTC. Lists are {items, next}; give 'next' back as"
                        + " 'cursor'. Refusals are problems (RFC 9457).")
                .license(
                    new License()
                        .name("Apache-2.0")
                        .url("https://www.apache.org/licenses/LICENSE-2.0.txt")))
        .components(
            new Components()
                .addSecuritySchemes(
                    TOKEN,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("The token in LINLI_ADMIN_TOKEN.")))
        // By default springdoc would name the host of the request.
        .servers(List.of(new Server().url("/")))
        .addSecurityItem(new SecurityRequirement().addList(TOKEN));
  }

  /** Documents for every operation that it may be refused with a problem. */
  @Bean
  OpenApiCustomizer describeProblems() {
    return api -> {
      ModelConverters.getInstance(true)
          .read(Problem.class)
          .forEach(api.getComponents()::addSchemas);
      api.getPaths()
          .values()
          .forEach(path -> path.readOperations().forEach(ApiDescription::addProblem));
    };
  }

  private static void addProblem(Operation operation) {
    operation
        .getResponses()
        .addApiResponse(
            "default",
            new ApiResponse()
                .description("Refused")
                .content(
                    new Content()
                        .addMediaType(
                            Problem.MEDIA_TYPE,
                            new MediaType()
                                .schema(new Schema<>().$ref("#/components/schemas/Problem")))));
  }
}
