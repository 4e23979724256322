import {kickChecks} from './kick-checks.js';
import {queueChecks} from './queue-checks.js';
import {type TheoryCheck} from './theory-check.js';
import {timeChecks} from './time-checks.js';

/** Every closed form with a configuration of the model that must meet it. */
export const theoryChecks: readonly TheoryCheck[] = [...queueChecks, ...kickChecks, ...timeChecks];
