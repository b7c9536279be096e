import { answerInit, type InitQuestion } from './answer.js';

onmessage = ({ data }: MessageEvent<InitQuestion>) => postMessage(answerInit(data));
