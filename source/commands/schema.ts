import {presetJsonSchemaText} from '../presets/preset-json-schema.js';
import {type CommandResult} from './command-result.js';

/** `vqlab schema`: the JSON Schema of a preset file. */
export async function runSchemaCommand(): Promise<CommandResult> {
	return {output: presetJsonSchemaText(), exitCode: 0};
}
