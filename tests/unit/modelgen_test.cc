// modelgen, which generates C++ from the models: unsupported models, which it rejects with the name of the shape.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

class Modelgen : public ::testing::Test {
 protected:
  Modelgen() { std::filesystem::create_directories(folder_); }
  ~Modelgen() override { std::filesystem::remove_all(folder_); }

  struct Result {
    int status;
    std::string output;
  };

  auto run(const std::string& arguments) -> Result {
    FILE* pipe = ::popen((std::string(WORKMAIL_MODELGEN) + " " + arguments + " 2>&1").c_str(), "r");
    std::string output;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) output += static_cast<char>(c);
    const int status = ::pclose(pipe);
    return {.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1, .output = output};
  }

  auto file(const std::string& name, const std::string& text) -> std::string {
    const std::string path = folder_ + "/" + name;
    std::ofstream(path) << text;
    return path;
  }

  // A service model with one operation, whose input is In, and further shapes.
  auto service(const std::string& shapes) -> Result {
    const std::string model = R"({"operations":{"Do":{"input":{"shape":"In"},"output":{"shape":"Out"}}},)"
                              R"("shapes":{"Text":{"type":"string"},"Out":{"type":"structure","members":{}},)" +
                              shapes + "}}";
    return run("service " + file("model.json", model) + " " + file("rest.json", R"({"operations":{},"shapes":{}})") +
               " " + file("seed.json", R"({"shapes":{}})") + " " + folder_);
  }

  // The model of a REST JSON service, with one operation with these members of input and output, together with an empty
  // service.
  auto rest(const std::string& input, const std::string& output, const std::string& payload = {}) -> Result {
    const std::string model =
        R"({"operations":{"Do":{"http":{"method":"GET","requestUri":"/do/{id}"},"input":{"shape":"In"},)"
        R"("output":{"shape":"Out"},"errors":[]}},"shapes":{"Text":{"type":"string"},"Bytes":{"type":"blob"},)"
        R"("In":{"type":"structure","members":{)" +
        input + R"(}},"Out":{"type":"structure",)" + payload + R"("members":{)" + output + "}}}}";
    return run("service " + file("model.json", R"({"operations":{},"shapes":{}})") + " " + file("rest.json", model) +
               " " + file("seed.json", R"({"shapes":{}})") + " " + folder_);
  }

  // A control plane with one endpoint, whose input is In, and further shapes.
  auto control(const std::string& shapes) -> Result {
    const std::string model =
        R"({"title":"t","documentation":"d","root":"/r","commonErrors":[],"errors":{},"endpoints":{"Do":{"method":"PUT",)"
        R"("path":"/do","documentation":"d","input":"In","answers":[{"status":200,"shape":"Out"}]}},)"
        R"("errorAnswer":"Out","shapes":{"Text":{"type":"string"},"Out":{"type":"structure","members":{}},)" +
        shapes + "}}";
    service(R"("In":{"type":"structure","members":{}})");
    return run("control " + folder_ + "/model.json " + folder_ + "/rest.json " + folder_ + "/seed.json " +
               file("control.json", model) + " 1.0 " + folder_);
  }

  static void expect_refusal(const Result& result, const std::string& text) {
    EXPECT_EQ(result.status, 1) << text;
    EXPECT_EQ(result.output, "modelgen: " + text + "\n");
  }

  // A folder for this process, because parts of the tests run in parallel.
  const std::string folder_ = ::testing::TempDir() + "modelgen_test-" + std::to_string(::getpid());
};

auto with_member(const std::string& shape) -> std::string {
  return R"("In":{"type":"structure","members":{"A":{"shape":"A"}}},"A":)" + shape;
}

TEST_F(Modelgen, WritesWhatItKnows) {
  const auto result = service(with_member(R"({"type":"list","member":{"shape":"Text"},"max":3})"));
  EXPECT_EQ(result.status, 0) << result.output;
  EXPECT_TRUE(std::filesystem::exists(folder_ + "/decode.cc"));
  std::ifstream shapes(folder_ + "/shapes.h");
  const std::string text{std::istreambuf_iterator<char>(shapes), std::istreambuf_iterator<char>()};
  EXPECT_NE(text.find("struct In {\n  std::optional<std::vector<std::string>> a{};\n};\n"), std::string::npos) << text;
}

TEST_F(Modelgen, RefusesShapesOfTheServiceByName) {
  expect_refusal(service(with_member(R"({"type":"map"})")), R"(shape A has the type "map", which cannot be written)");
  expect_refusal(service(with_member("{}")), R"(shape A has the type "", which cannot be written)");
  expect_refusal(service(with_member(R"({"type":"double","max":2})")),
                 R"(shape A has "max", which cannot be written for the type "double")");
  expect_refusal(service(with_member(R"({"type":"list","member":{"shape":"N"}},"N":{"type":"integer"})")),
                 R"(shape A is a list of N, whose type "integer" cannot be written in lists)");
  expect_refusal(service(with_member(R"({"type":"list","member":{"shape":"None"}})")),
                 "shape A refers to None, which does not exist");
  expect_refusal(service(with_member(R"({"type":"structure","members":{"B":{"shape":"In"}}})")),
                 "shape In contains itself, which no structure can");
  expect_refusal(service(with_member(R"({"type":"structure","members":{},"required":["B"]})")),
                 "shape A requires B, which is no member of it");
  expect_refusal(service(with_member(R"({"type":"structure","members":{"B":{"shape":"Text","location":"uri"}}})")),
                 R"(shape A has "location" at its member B, which cannot be written)");
  expect_refusal(service(with_member(R"({"type":"structure","members":{"aB":{"shape":"Text"},"AB":{"shape":"Text"},)"
                                     R"("Ab":{"shape":"Text"},"ab":{"shape":"Text"}}})")),
                 "shape A has two members that are written ab");
  expect_refusal(service(with_member(R"({"type":"string","enum":["A-B","A_B"]})")),
                 "shape A has two values that are written AB");
  expect_refusal(service(with_member(R"({"type":"string","enum":["1"]})")),
                 R"(shape A has the value "1", which is no enumerator)");
  expect_refusal(service(with_member(R"({"type":"long"})")), "shape A is a long in an input: no rule reads it");
}

TEST_F(Modelgen, RefusesShapesOfTheControlPlaneByName) {
  EXPECT_EQ(control(with_member(R"({"type":"count"})")).status, 0);
  expect_refusal(control(with_member(R"({"type":"float"})")),
                 R"(shape A has the type "float", which cannot be written)");
  expect_refusal(control(with_member(R"({"type":"number","min":1})")),
                 R"(shape A has a constraint and no "message" for it)");
  expect_refusal(control(with_member(R"({"type":"string","pattern":"a"})")),
                 R"(shape A has a constraint and no "message" for it)");
  expect_refusal(control(with_member(R"({"type":"integer"})")),
                 R"(shape A is in an input, where "integer" cannot be read)");
  expect_refusal(control(R"("In":{"type":"union","discriminator":"kind","members":["Out"]})"),
                 "shape In has Out, which does not require an enumeration kind");
}

TEST_F(Modelgen, WritesRestServicesOrRefusesThem) {
  const std::string text = R"("Id":{"shape":"Text"})";
  const std::string id = R"("id":{"shape":"Text","location":"uri","locationName":"id"})";
  const std::string bytes = R"("Content":{"shape":"Bytes"})";
  EXPECT_EQ(rest(id, bytes, R"("payload":"Content",)").output, "");
  EXPECT_EQ(rest(text, text).output, "");
  expect_refusal(rest(R"("id":{"shape":"Text","location":"header","locationName":"id"})", text),
                 "shape In has its member id where it cannot be read");
  expect_refusal(rest(R"("Id":{"shape":"Text","location":"uri","locationName":"id"})", text),
                 "shape In has its member Id where it cannot be read");
  expect_refusal(rest(R"("ID":{"shape":"Text","location":"uri","locationName":"ID"})", text),
                 "shape In has its member ID where it cannot be read");
  expect_refusal(rest(id, bytes), "shape Out has its member Content where it cannot be written");
  expect_refusal(rest(id, bytes + "," + text, R"("payload":"Content",)"),
                 "shape Out has its member Content where it cannot be written");
  expect_refusal(rest(id, text, R"("payload":"Id",)"), "shape Out has its member Id where it cannot be written");
}

}  // namespace
