#include "kamaelia/protocol/users.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <crypt.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace kamaelia {
namespace {

constexpr std::size_t md5_digits = 32;
constexpr std::size_t sha256_digits = 64;
constexpr std::size_t longest_password = 512; // libcrypt takes no more

UsersError wrong(std::string what) { return {0, std::move(what)}; }

std::string small(std::string_view hex) {
    std::string text{hex};
    for (char& c : text)
        if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

bool crypt_agrees(std::string_view password, const std::string& hash) {
    if (password.size() >= longest_password || password.contains('\0')) return false;
    const auto room = std::make_unique<crypt_data>();
    const char* const made = crypt_r(std::string{password}.c_str(), hash.c_str(), room.get());
    return made != nullptr && equal_in_constant_time(made, hash);
}

bool is_usable_crypt(const std::string& hash) {
    const int verdict = crypt_checksalt(hash.c_str());
    return hash.starts_with('$') && verdict != CRYPT_SALT_INVALID && verdict != CRYPT_SALT_METHOD_DISABLED;
}

} // namespace

std::expected<Users, std::vector<UsersError>> Users::parse(std::string_view text) {
    Users users;
    std::vector<UsersError> errors;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (trim(line).empty() || line.starts_with('#')) continue;
        UsersError error = users.take(line, number);
        if (error.what.empty()) continue;
        error.line = number;
        errors.push_back(std::move(error));
    }
    if (!errors.empty()) return std::unexpected{std::move(errors)};
    return users;
}

UsersError Users::take(std::string_view line, std::size_t number) {
    if (std::ranges::any_of(line, is_control)) return wrong("a control character");
    const std::size_t first = line.find(':');
    if (first == 0 || first == std::string_view::npos)
        return wrong("expected name:realm:HA1 or name:HASH, the name not empty");
    const std::string_view name = line.substr(0, first);
    const std::string_view rest = line.substr(first + 1);
    const std::size_t second = rest.rfind(':');
    if (second == std::string_view::npos) return take_crypt(name, rest, number);
    return take_ha1(name, rest.substr(0, second), rest.substr(second + 1));
}

UsersError Users::take_ha1(std::string_view name, std::string_view realm, std::string_view ha1) {
    const bool hexadecimal = std::ranges::all_of(ha1, [](char c) { return hex_value(c) < 16; });
    if (!hexadecimal || (ha1.size() != md5_digits && ha1.size() != sha256_digits))
        return wrong("expected an HA1 of 32 (MD5) or 64 (SHA-256) hexadecimal digits");
    if (has_realm_ && realm != realm_) return wrong("another realm than before, expected one for all users");
    realm_ = realm;
    has_realm_ = true;
    User& user = users_[std::string{name}];
    std::string& place = ha1.size() == md5_digits ? user.md5 : user.sha256;
    if (!place.empty()) return wrong("the second HA1 of its length for this user, expected one");
    place = small(ha1);
    return {};
}

UsersError Users::take_crypt(std::string_view name, std::string_view hash, std::size_t number) {
    std::string text{hash};
    if (!is_usable_crypt(text))
        return wrong("expected a hash of crypt(5), as '$y$...' or '$6$...'; a password itself is not taken");
    User& user = users_[std::string{name}];
    if (!user.crypt.empty()) return wrong("the second hash for this user, expected one");
    if (decoy_.empty()) decoy_ = text;
    user.crypt = std::move(text);
    user.crypt_line = number;
    return {};
}

const Users::User* Users::find(std::string_view user) const {
    const auto found = users_.find(user);
    return found == users_.end() ? nullptr : &found->second;
}

bool Users::has(DigestAlgorithm algorithm) const {
    return std::ranges::any_of(users_,
                               [&](const auto& entry) { return ha1(entry.first, algorithm) != nullptr; });
}

const std::string* Users::ha1(std::string_view user, DigestAlgorithm algorithm) const {
    const User* const known = find(user);
    if (known == nullptr) return nullptr;
    const std::string& text = algorithm == DigestAlgorithm::md5 ? known->md5 : known->sha256;
    return text.empty() ? nullptr : &text;
}

PasswordCheck Users::check(std::string_view user, std::string_view password) const {
    PasswordCheck check;
    check.pair_.append(user).append(":").append(realm_).append(":");
    check.password_ = check.pair_.size();
    check.pair_.append(password);
    const User* const known = find(user);
    if (known != nullptr) {
        check.md5_ = known->md5;
        check.sha256_ = known->sha256;
        check.crypt_ = known->crypt;
        check.own_ = !known->crypt.empty();
    }
    if (!check.own_) check.crypt_ = decoy_;
    return check;
}

std::vector<UsersError> Users::doubts() const {
    if (users_.empty()) return {{0, "nobody is in it, so nobody is let in"}};
    if (!has_realm_) return {};
    std::size_t count = 0;
    UsersError first;
    for (const auto& [name, user] : users_) {
        if (!user.md5.empty() || !user.sha256.empty()) continue;
        first.line = count++ == 0 ? user.crypt_line : std::min(first.line, user.crypt_line);
    }
    if (count == 0) return {};
    first.what = "a hash alone (" + std::to_string(count) +
                 (count == 1 ? " user" : " users, this is the first") +
                 ") where others have an HA1: players choose the Digest that is offered then, and who has a "
                 "hash alone is refused; expected one kind for all";
    return {std::move(first)};
}

std::vector<std::string> Users::changed_in(const Users& next) const {
    std::vector<std::string> changed;
    for (const auto& [name, user] : users_) {
        const User* const then = next.find(name);
        if (then == nullptr || *then != user) changed.push_back(name); // NOLINT(performance-*)
    }
    return changed;
}

bool PasswordCheck::operator()() const {
    const bool md5 = equal_in_constant_time(hex_digest(DigestAlgorithm::md5, pair_), md5_);
    const bool sha256 = equal_in_constant_time(hex_digest(DigestAlgorithm::sha256, pair_), sha256_);
    if (md5 || sha256) return true;
    return is_slow() && crypt_agrees(std::string_view{pair_}.substr(password_), crypt_) && own_;
}

} // namespace kamaelia
