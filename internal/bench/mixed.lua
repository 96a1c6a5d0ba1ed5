-- What strangers ask of the site: pages, parts of a file, forms, conditional requests,
-- codings, chunks, things that are not there. Each login changes the cookie that is sent.
-- With the argument "pipelined" four requests are sent without waiting.

local session, tag = "sessionid=none", '"none"'
local count, pipelined = 0, false

function init(args)
   pipelined = args[1] == "pipelined"
end

local function get(path, more)
   local headers = { ["Cookie"] = session .. "; seen=" .. count % 50, ["User-Agent"] = "wrk/" .. count % 7,
      ["Accept-Encoding"] = "gzip, br" }
   for name, value in pairs(more or {}) do headers[name] = value end
   return wrk.format("GET", path, headers)
end

local function post(path, body)
   return wrk.format("POST", path, { ["Cookie"] = session, ["Content-Type"] = "application/x-www-form-urlencoded" }, body)
end

local visits = {
   function() return get("/length/alphabet") end,
   function() return get("/chunked/alphabet") end,
   function() return get("/coding/gzip") end,
   function() return get("/coding/br") end,
   function() return post("/login.php", "user=philip&pw=" .. count) end,
   function() return get("/home.php") end,
   function() return get("/range/file", { ["Range"] = "bytes=" .. count * 97 % 40000 .. "-" .. count * 97 % 40000 + 4000 }) end,
   function() return get("/conditional", { ["If-None-Match"] = tag }) end,
   function() return get("/range/file") end,
   function() return get("/status/404") end,
   function() return get("/cookies/show") end,
   function() return get("/close") end,
}

function request()
   if pipelined then
      local all = {}
      for i = 1, 4 do
         count = count + 1
         all[i] = visits[count % 4 + 1]()
      end
      return table.concat(all)
   end
   count = count + 1
   return visits[count % #visits + 1]()
end

function response(status, headers, body)
   for name, value in pairs(headers) do
      local lower = name:lower()
      if lower == "set-cookie" then session = value:match("^[^;]+") end
      if lower == "etag" then tag = value end
   end
end
