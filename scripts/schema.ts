import {writeFileSync} from 'node:fs';
import {presetJsonSchemaText} from '../source/presets/preset-json-schema.js';

writeFileSync(new URL('../presets/preset.schema.json', import.meta.url), presetJsonSchemaText());
