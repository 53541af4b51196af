-- A script for wrk: sends the requests of a file in turn, and prints the result as one line of JSON
-- after wrk's own report.
--
-- args[1]  the file: each request as it goes over the wire, followed by the record separator
-- args[2]  'once' to end after the last request, at the latest after the duration of wrk;
--          'repeat' to send all requests again and again
--
-- The requests are read before the clock starts, so that sending one costs no more than a copy.

local requests, position, once, started = {}, 0, false, nil
local thread

local function microseconds()
  local ffi = require('ffi')
  pcall(ffi.cdef, [[
    struct bench_time { long seconds; int microseconds; };
    int gettimeofday(struct bench_time *now, void *zone);
  ]])
  local now = ffi.new('struct bench_time[1]')
  ffi.C.gettimeofday(now, nil)
  return tonumber(now[0].seconds) * 1e6 + now[0].microseconds
end

function setup(only_thread)
  thread = only_thread
end

function init(args)
  local file = assert(io.open(args[1], 'rb'))
  for request in file:read('*a'):gmatch('([^\30]+)\30') do
    requests[#requests + 1] = request
  end
  file:close()
  once = args[2] == 'once'
end

function request()
  if once then
    started = started or microseconds()
    if position == #requests then
      -- Requests whose responses are still to come are not counted. `done` reads this variable.
      elapsed = microseconds() - started
      wrk.thread:stop()
    end
  end
  position = position % #requests + 1
  return requests[position]
end

function done(summary, latency)
  local failed = {}
  for kind, count in pairs(summary.errors) do
    if count > 0 then
      failed[#failed + 1] = string.format('"%s":%d', kind, count)
    end
  end
  io.write(string.format(
    '\n{"requests":%d,"seconds":%.6f,"p50Micros":%.1f,"p99Micros":%.1f,"errors":{%s}}\n',
    summary.requests, (thread:get('elapsed') or summary.duration) / 1e6,
    latency:percentile(50), latency:percentile(99), table.concat(failed, ',')
  ))
end
