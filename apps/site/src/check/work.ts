import { answerCheck, type CheckQuestion } from './answer.js';
import { setRoot } from './reference.js';

onmessage = ({ data: { root, ...question } }: MessageEvent<CheckQuestion & { readonly root: string }>) => {
  setRoot(root);
  // What is thrown in a promise would not reach the page.
  answerCheck(question).then(postMessage, (error: unknown) => setTimeout(() => reportError(error)));
};
