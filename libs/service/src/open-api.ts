import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

export interface ApiDescription {
  readonly title: string;
  readonly description: string;
  /** Shapes that operations refer to as `#/components/schemas/<name>`, for instance generated from contracts. */
  readonly schemas?: Schemas;
}

/** The OpenAPI document of what the app's controllers declare. */
export function openApiDocument(app: INestApplication, api: ApiDescription): OpenAPIObject {
  // 3.1 takes JSON Schema as it is, `null` among the types included
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(api.title)
    .setDescription(api.description)
    .setVersion('1');
  const document = SwaggerModule.createDocument(app, builder.build(), {
    operationIdFactory: (_controller, method) => method,
  });
  const components = (document.components ??= {});
  components.schemas = { ...components.schemas, ...api.schemas };
  return document;
}

/** Serves it for people at /docs, for machines at /docs-json and /docs-yaml. It is made when it is first asked for. */
export function serveOpenApi(app: INestApplication, api: ApiDescription): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app, api), { customSiteTitle: api.title });
}
