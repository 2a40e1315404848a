/** A tool as `tools/list` shows it. Every byte of the list is paid for by each client. */
import type { Tool } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { AnyTool } from '../tool.js';

export function listedTool({ name, title, description, annotations, input, output, alwaysLoad }: AnyTool): Tool {
  return {
    name,
    title,
    description,
    inputSchema: schemaOf(input, 'input'),
    outputSchema: schemaOf(output, 'output'),
    annotations: { ...annotations },
    ...(alwaysLoad === true && { _meta: { 'anthropic/alwaysLoad': true } }),
  };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): { type: 'object' } & Record<string, unknown> {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    // What says nothing to a caller is left out; what is sent is checked by the schema itself all the same.
    override: ({ jsonSchema, path }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      // Nobody asks for fewer than none.
      if ((jsonSchema.minimum ?? 2) <= 1) delete jsonSchema.minimum;
      if (jsonSchema.enum !== undefined) delete jsonSchema.type;
      // Unknown arguments are refused all the same, by a text that names the nearest known key. A result that had to be cut
      // says so in one key more.
      delete jsonSchema.additionalProperties;
      delete jsonSchema.minLength;
      delete jsonSchema.maxLength;
      delete jsonSchema.maxItems;
      // Models never see a result's schema, and clients need no more of it than its top level.
      if (io === 'output' && path.length > 1) {
        delete jsonSchema.properties;
        delete jsonSchema.required;
      }
      delete jsonSchema.propertyNames;
    },
  });
  return { ...json, type: 'object' };
}
