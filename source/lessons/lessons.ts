import {answerGerd} from './answer-gerd.js';
import {type Lesson} from './lesson.js';
import {lostKick} from './lost-kick.js';
import {oneCpu} from './one-cpu.js';
import {smallRing} from './small-ring.js';
import {stuckAt60} from './stuck-at-60.js';

/** The tour, in the order in which it is best taken. */
export const lessons: readonly Lesson[] = [answerGerd, smallRing, lostKick, stuckAt60, oneCpu];
