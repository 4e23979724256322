import {shellWord} from '../report/shell-word.js';
import {type Configuration} from '../simulation/configuration.js';
import {sameValue} from '../parameters/value.js';
import {type SessionRun} from './kept-run.js';
import {givenValue} from './parameter-list.js';
import {assignment, setKeys} from './share-line.js';
import {type Session} from './session.js';

/** Keys whose values the two runs do not share now. */
export function differingKeys(a: SessionRun, b: SessionRun): readonly string[] {
	return setKeys(a.simulation.configuration, b.simulation.configuration);
}

/** `queue.size=64`: what a key is in a run now. */
export function settingText({simulation: {configuration}}: SessionRun, key: string): string {
	return assignment(key, givenValue(configuration, key));
}

/**
The command that compares the two runs without a dashboard; undefined without a pair, or where
nothing differs.
*/
export function compareLine({lockstep}: Pick<Session, 'lockstep'>): string | undefined {
	if (lockstep === undefined) {
		return undefined;
	}

	const {a, b} = lockstep;
	const {
		preset: {reference, configuration: original},
	} = b;
	const differing = new Set(differingKeys(a, b));
	if (differing.size === 0) {
		return undefined;
	}

	const [ofA, ofB] = [a, b].map(run => run.simulation.configuration);
	const words = ['vqlab', 'compare', reference];
	for (const key of setKeys(original, ofA).filter(name => !differing.has(name))) {
		words.push('--set', assignment(key, givenValue(ofA, key)));
	}

	for (const key of differing) {
		words.push(...sideWords('--a', key, ofA, original), ...sideWords('--b', key, ofB, original));
	}

	const seed = Number(b.start.parameters.seed);
	if (seed !== Number(original.parameters.seed)) {
		words.push('--seed', String(seed));
	}

	return words.map(word => shellWord(word)).join(' ');
}

/** A side says what the preset does not say already. */
function sideWords(
	flag: string,
	key: string,
	configuration: Configuration,
	original: Configuration,
): readonly string[] {
	const value = givenValue(configuration, key);
	return sameValue(value, givenValue(original, key)) ? [] : [flag, assignment(key, value)];
}
