import {type CommandName} from '../devices/gpu/commands.js';
import {type DistributionParameter} from './parameter.js';

type Family = {
	/** The parameter whose value is inherited, and whose key the entries extend. */
	readonly base: DistributionParameter;
	readonly commands: readonly CommandName[];
	readonly label: string;
	readonly words: (name: CommandName) => string;
};

/** One entry a command, `<base key>.<COMMAND>`, each inheriting the value of the base. */
export function family({base, commands, label, words}: Family): readonly DistributionParameter[] {
	return commands.map(name => ({
		...base,
		key: `${base.key}.${name}`,
		label: `${label} ${name}`,
		default: 'inherit',
		automatic: {word: 'inherit', words: `the value of ${base.key}`},
		family: base.key,
		words: words(name),
	}));
}
