-- For wrk: sends the requests of a file, one after the other, again and again. They are prepared
-- before the clock starts, so that all that is left to do for a request is to copy it.
--
-- args[1]  the file: each request as it goes over the wire, followed by the record separator
--
-- Prints what was seen as one line of JSON, after wrk's own report.

local requests, position = {}, 0

function init(args)
  local file = assert(io.open(args[1], 'rb'))
  for request in file:read('*a'):gmatch('([^\30]+)\30') do
    requests[#requests + 1] = request
  end
  file:close()
end

function request()
  position = position % #requests + 1
  return requests[position]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"seconds":%.6f,"p50Micros":%.1f,"p99Micros":%.1f,"cpuSeconds":%.3f,"errors":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50), latency:percentile(99),
    os.clock(),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout
  ))
end
