/**
 * Loads a client of Python once, and forks for each command: the child has its own arguments, environment, folder, output,
 * group and ending, and runs the client's script as Python does. Modules are all that both have in common: what they keep of the
 * environment in which they were loaded, such as a path below the home, is put right in each child, and where that cannot be
 * done, the client is not served.
 */
export const warmProgram = `
import atexit, gc, importlib, json, os, re, select, signal, socket, sys, threading, traceback, types

def serve():
    requests, answers = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    pending = b''

    def read_lines():
        nonlocal pending
        data = os.read(requests, 65536)
        if data == b'':
            return None
        *lines, pending = (pending + data).split(b'\\n')
        return [json.loads(line) for line in lines]

    def tell(**answer):
        os.write(answers, (json.dumps(answer) + '\\n').encode())

    settings = read_lines()[0]
    # Python sets this one by itself where there is no locale.
    initial = {name: value for name, value in os.environ.items() if name != 'LC_CTYPE' or name in settings['names']}
    script = settings['script']
    with open(script, 'rb') as file:
        code = compile(file.read(), script, 'exec')
    sys.path[0] = os.path.dirname(os.path.realpath(script))
    try:
        load(code, script, settings['trials'])
        kept = find_kept(settings['marker'])
    except Unfit as error:
        return tell(unfit=str(error))
    name = re.compile(re.escape(settings['marker']) + r'/(\\w+)')
    # What Python and modules set of the environment when they are loaded, they would set for each command.
    changed = {name: value for name, value in os.environ.items() if initial.get(name) != value}
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    gc.collect()
    gc.freeze()
    running = {}
    tell(ready=True)
    while True:
        readable, _, _ = select.select([requests, woken], [], [])
        if woken in readable:
            os.read(woken, 4096)
        while running:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                break
            code_or_signal = os.waitstatus_to_exitcode(status)
            ended = {'code': code_or_signal} if code_or_signal >= 0 else {'signal': signal.Signals(-code_or_signal).name}
            tell(id=running.pop(pid), **ended)
        if requests not in readable:
            continue
        asked = read_lines()
        if asked is None:
            for pid in running:
                try:
                    os.killpg(pid, signal.SIGKILL)
                except OSError:
                    pass
            return
        for request in asked:
            pid = os.fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for fd in (requests, answers, woken, wake):
                    os.close(fd)
                own = request['env']
                given = lambda value: name.sub(lambda found: own[found.group(1)], value)
                become(request, settings['socket'], {one: given(value) for one, value in changed.items()})
                for value, put in kept:
                    put(given(value))
                run(code, script, request['args'])
            running[pid] = request['id']
            tell(id=request['id'], pid=pid)

def become(request, path, changed):
    try:
        os.setsid()
        os.environ.clear()
        os.environ.update({**request['env'], **changed})
        os.chdir(request['cwd'])
        for fd, name in ((1, 'stdout'), (2, 'stderr')):
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as output:
                output.connect(path)
                output.sendall(f"{request['id']} {name}\\n".encode())
                os.dup2(output.fileno(), fd)
    except BaseException:
        os.abort()

def run(code, script, args):
    """Runs the script as Python does, and ends as Python does, but for taking its modules apart."""
    ending = 0
    try:
        execute(code, script, args)
    except SystemExit as error:
        if error.code is None:
            ending = 0
        elif isinstance(error.code, int):
            ending = error.code & 0xff
        else:
            print(error.code, file=sys.stderr)
            ending = 1
    except BaseException as error:
        # Without the frames that are not the script's.
        trace = error.__traceback__.tb_next.tb_next
        sys.excepthook(type(error), error.with_traceback(trace), trace)
        ending = 1
        if isinstance(error, KeyboardInterrupt):
            ending = None
    threading._shutdown()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            ending = 120
    if ending is None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    os._exit(ending)

def execute(code, script, args):
    main = types.ModuleType('__main__')
    main.__file__ = script
    main.__builtins__ = __builtins__
    sys.modules['__main__'] = main
    sys.argv = [script, *args]
    exec(code, main.__dict__)

def load(code, script, trials):
    """Loads what the client loads: what its script imports, in its order, and what some first commands load besides."""
    names = [name for trial in trials for name in modules_of(code, script, trial)]
    exec(code, {'__name__': 'loaded', '__file__': script, '__builtins__': __builtins__})
    # Python lists a module once it is loaded: one that needs to be loaded by another comes before it, and is tried again.
    names, failed = [name for name in names if not name.startswith('__')], None
    while names:
        left = []
        for name in names:
            try:
                if name not in sys.modules:
                    importlib.import_module(name)
            except Exception as error:
                left.append(name)
                failed = f'{name} cannot be loaded by itself: {error}'
        if len(left) == len(names):
            raise Unfit(failed)
        names = left
    if threading.active_count() != 1:
        raise Unfit('it starts threads where it is loaded')

def modules_of(code, script, args):
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            null = os.open(os.devnull, os.O_RDWR)
            for fd in (0, 1, 2):
                os.dup2(null, fd)
            try:
                execute(code, script, args)
            except BaseException:
                pass
            with os.fdopen(writing, 'w') as out:
                # What has no specification is no file that can be loaded: another module has put it there.
                found = [name for name, module in sys.modules.items() if getattr(module, '__spec__', None) is not None]
                out.write('\\n'.join(found))
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        names = told.read().split('\\n')
    os.waitpid(pid, 0)
    return names

class Unfit(Exception):
    pass

def find_kept(marker):
    """Every place of a module in which something of the environment is kept: its value, and how to put another there."""
    # The environment itself, and where Python looks for modules of the user: a home has none.
    own = ('os', 'posix', 'site', '__main__')
    kept, seen = [], set()

    def search(value, where, put, depth):
        if isinstance(value, str):
            if marker in value:
                if put is None:
                    raise Unfit(f'{where} keeps something of the environment in which it was loaded')
                kept.append((value, put))
            return
        if isinstance(value, (bytes, os.PathLike)):
            if marker in os.fsdecode(os.fspath(value)):
                raise Unfit(f'{where} keeps something of the environment in which it was loaded')
            return
        if depth == 0 or value is os.environ or isinstance(value, types.ModuleType) or id(value) in seen:
            return
        seen.add(id(value))
        if isinstance(value, dict):
            for key, one in list(value.items()):
                search(key, where, None, depth - 1)
                search(one, where, lambda new, key=key: value.__setitem__(key, new), depth - 1)
        elif isinstance(value, list):
            for index, one in enumerate(list(value)):
                search(one, where, lambda new, index=index: value.__setitem__(index, new), depth - 1)
        elif isinstance(value, (tuple, set, frozenset)):
            for one in list(value):
                search(one, where, None, depth - 1)
        elif isinstance(value, types.FunctionType):
            for index, one in enumerate(value.__defaults__ or ()):
                def default(new, index=index):
                    before = value.__defaults__
                    value.__defaults__ = (*before[:index], new, *before[index + 1:])
                search(one, where, default, depth - 1)
            search(value.__kwdefaults__, where, None, depth - 1)
            for cell in value.__closure__ or ():
                try:
                    search(cell.cell_contents, where, lambda new, cell=cell: setattr(cell, 'cell_contents', new), depth - 1)
                except ValueError:
                    pass
        elif isinstance(value, type):
            for key, one in list(vars(value).items()):
                search(one, f'{where}.{key}', lambda new, key=key: setattr(value, key, new), depth - 1)
        elif isinstance(value, (staticmethod, classmethod)):
            search(value.__func__, where, None, depth)
        elif hasattr(value, '__dict__'):
            for key, one in list(vars(value).items()):
                search(one, where, lambda new, key=key: setattr(value, key, new), depth - 1)

    for name, module in list(sys.modules.items()):
        if name in own or module is None:
            continue
        for key, value in list(vars(module).items()):
            search(value, f'{name}.{key}', lambda new, module=module, key=key: setattr(module, key, new), 5)
    return kept

serve()
os._exit(0)
`;
